/// A stretch of normalised text and the piece that it becomes.
struct Cut {
  /// Bytes of the normalised text.
  var range: Range<Int>
  /// The piece; the unknown one where no piece fits.
  var id: Int
}
