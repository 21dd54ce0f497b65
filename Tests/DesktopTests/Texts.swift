import Foundation
import TestSupport

/// Texts that trouble tools that type.
enum Texts {
  /// Written by hand: what is lost first when something is lost.
  static let chosen = [
    "Hello Ümläut €", "grüße süß ÄÖÜß 5 €", "„Zitat“ – so … ist’s", "emoji 😀🎉 ok",
    "line one\nline two\n\nline four\tTab\n", "-n --dash first", "--", " leading and trailing  ",
    "aaaaaaaaaabbbbbbbbbb", "$(rm -rf /) `x` \"q\" 'q' \\n %s !! ~ ^ * ? [x] {y} | & ; < > #",
    "The quick brown fox jumps over the lazy dog 0123456789", "日本語で話す", "Привет",
  ]

  /// Drawn from a few characters of many kinds, as many different ones as X11 has keys to spare.
  static func random(_ count: Int, using generator: inout Seeded) -> String {
    let pool = Array("abcxyzABCXYZ0123,.;:!?@|~{}[]()/\\ \n\täöüßÄÖÜé€„“日本语😀")
    return String((0..<count).compactMap { _ in pool.randomElement(using: &generator) })
  }
}
