import Foundation
import System
import Testing

@Suite(.timeLimit(.minutes(3))) struct ThreadTests {
  @Test func aMonitorWakesWhoWaits() throws {
    let value = Monitor(0)
    let threads = try (0..<4).map { _ in
      try NamedThread("test-counter") { for _ in 0..<1_000 { value.withLock { $0 += 1 } } }
    }
    #expect(value.wait { $0 == 4_000 ? true : nil } == true)
    for thread in threads { thread.join() }
    #expect(value.wait(until: .now) { $0 > 4_000 ? true : nil } == nil)
    #expect(value.wait(until: .now + .milliseconds(1)) { $0 > 4_000 ? true : nil } == nil)
  }

  @Test func aSemaphoreCountsItsPosts() {
    let semaphore = Semaphore()
    var answers = [
      semaphore.wait(timeout: .milliseconds(1)), semaphore.wait(timeout: .seconds(-5)),
    ]
    semaphore.post()
    semaphore.post()
    answers += [
      semaphore.wait(timeout: .zero), semaphore.wait(timeout: .seconds(60)),
      semaphore.wait(timeout: .zero),
    ]
    #expect(answers == [false, false, true, true, false])
  }

  @Test func aWakerIsReadableUntilItIsReset() throws {
    let waker = try Waker()
    func isReadable() -> Bool {
      var entry = pollfd(fd: waker.number, events: Int16(POLLIN), revents: 0)
      return poll(&entry, 1, 0) == 1
    }
    #expect(!isReadable())
    waker.wake()
    waker.wake()
    #expect(isReadable())
    waker.reset()
    #expect(!isReadable())
    waker.reset()
  }

  @Test func threadsHaveNames() throws {
    let name = Monitor<String?>(nil)
    try NamedThread("test-name") {
      let text = try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)
      name.withLock { $0 = text }
    }.join()
    #expect(name.withLock { $0 } == "test-name\n")
  }
}
