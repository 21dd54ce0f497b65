internal import Foundation

/// Replaces what a regular expression finds.
struct Rewrite: Sendable {
  private let expression: NSRegularExpression?
  private let template: String

  /// Prepares a rule.
  ///
  /// - Parameters:
  ///   - pattern: What is replaced.
  ///   - template: What takes its place; `$1` stands for the first group.
  init(_ pattern: String, _ template: String) {
    expression = try? NSRegularExpression(pattern: pattern)
    self.template = template
  }

  /// The text with everything replaced that is found.
  func apply(to text: String) -> String {
    guard let expression else { return text }
    let all = NSRange(location: 0, length: text.utf16.count)
    guard expression.firstMatch(in: text, range: all) != nil else { return text }
    return expression.stringByReplacingMatches(in: text, range: all, withTemplate: template)
  }
}
