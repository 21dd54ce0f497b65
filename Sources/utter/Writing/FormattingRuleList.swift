internal import ArgumentParser
import Formatting

/// Rules as an option: names with commas between them, all, or none.
struct FormattingRuleList: ExpressibleByArgument {
  let rules: Set<FormattingRule>

  init?(argument: String) {
    switch argument {
    case "all": rules = Set(FormattingRule.allCases)
    case "none": rules = []
    default:
      let names = argument.split(separator: ",")
      let known = names.compactMap { FormattingRule(rawValue: String($0)) }
      guard !names.isEmpty, known.count == names.count else { return nil }
      rules = Set(known)
    }
  }

  static var allValueStrings: [String] {
    FormattingRule.allCases.map(\.rawValue) + ["all", "none"]
  }
}

extension FormattingProfile: ExpressibleByArgument {}
