import Foundation
import TestSupport
import Testing

@Test func placeholder() { #expect(Fixtures.repository.isFileURL) }
