internal import CKernels
internal import Glibc

/// CKernels' `ck_team_run_closure`, which no header can declare: C has no closures.
@_silgen_name("ck_team_run_closure")
private func runClosure(_ team: OpaquePointer, _ body: (_ member: Int) -> Void)

/// Threads that run one function together, stage by stage.
///
/// The caller is member 0 and works too. Work inside a run is cut into stages: every member takes
/// tiles of the present stage until none is left, and all wait for each other before the next
/// one. Between runs the other members sleep.
///
/// A team serves one run at a time.
package final class Team: @unchecked Sendable {
  /// Members, the caller included; fewer than asked for where threads cannot be had.
  package let size: Int
  /// Members for whom products are cut into tiles: `size`, or as many as another team has.
  ///
  /// Sums of floats depend on where a product is cut, but not on who computes which tile. Teams
  /// that cut alike compute the same, whatever their sizes.
  package let cuts: Int
  private let handle: OpaquePointer
  /// Scratch of each member's kernels, 64-byte aligned.
  private let scratch: UnsafeMutableRawPointer

  /// Starts the threads.
  ///
  /// - Parameters:
  ///   - size: Members wanted; 0 takes one for each physical core.
  ///   - cuts: Members for whom products are cut; nil for those that there are.
  package init?(size: Int, cuts: Int? = nil) {
    guard let handle = ck_team_create(size > 0 ? size : Team.physicalCores) else { return nil }
    self.handle = handle
    self.size = ck_team_size(handle)
    self.cuts = cuts ?? self.size
    scratch = .allocate(byteCount: self.size * Int(CK_INT8_SCRATCH), alignment: 64)
    useBLASOnOneThread()
  }

  deinit {
    ck_team_destroy(handle)
    scratch.deallocate()
  }

  /// Runs a function on every member and returns when all have returned; allocates nothing.
  ///
  /// - Parameters:
  ///   - meter: Takes the time of matrix products; nil if nobody wants to know.
  ///   - body: The function.
  package func run(metering meter: ProductMeter? = nil, _ body: (Member) -> Void) {
    let counters = meter?.nanoseconds.baseAddress
    runClosure(handle) { index in
      body(
        Member(
          index: index, team: handle, scratch: scratch + index * Int(CK_INT8_SCRATCH),
          counters: counters.map { $0 + index * ProductMeter.stride }))
    }
  }

  /// Processor cores that this process may use, not counting hyper-threads twice.
  package static let physicalCores: Int = {
    var siblings = Set<String>()
    for cpu in 0..<ck_cpu_limit() where ck_cpu_allowed(cpu) {
      let path = "/sys/devices/system/cpu/cpu\(cpu)/topology/thread_siblings_list"
      siblings.insert(firstLine(of: path) ?? "\(cpu)")
    }
    return max(1, siblings.count)
  }()

  private static func firstLine(of path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 64)
    guard fgets(&line, Int32(line.count), file) != nil else { return nil }
    return String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// One thread's part in a run of a team.
package struct Member {
  /// Which member this is, 0 for the caller.
  package let index: Int
  let team: OpaquePointer
  /// This member's alone, `CK_INT8_SCRATCH` bytes, 64-byte aligned.
  let scratch: UnsafeMutableRawPointer
  /// This member's alone: nanoseconds of each kind of `ProductWork`, where somebody takes them.
  let counters: UnsafeMutablePointer<Int>?

  /// Waits until every member is here.
  package func barrier() { ck_team_barrier(team) }

  /// Shares tiles 0 ..< count out among the members, then waits for all of them.
  package func tiles(_ count: Int, _ body: (Int) -> Void) {
    while true {
      let tile = ck_team_next_tile(team)
      guard tile < count else { break }
      body(tile)
    }
    barrier()
  }

  /// Shares 0 ..< count out in ranges of `grain`, then waits for all members.
  package func ranges(_ count: Int, grain: Int, _ body: (Range<Int>) -> Void) {
    tiles((count + grain - 1) / grain) { body($0 * grain..<min(count, ($0 + 1) * grain)) }
  }

  /// Runs a function on one member while the others wait.
  package func once(_ body: () -> Void) {
    if index == 0 { body() }
    barrier()
  }
}
