/// How a tensor's values are stored; named as in safetensors files.
package enum ElementType: String, Sendable, CaseIterable {
  /// Double precision.
  case float64 = "F64"
  /// Single precision.
  case float32 = "F32"
  /// IEEE half precision.
  case float16 = "F16"
  /// The upper half of single precision.
  case bfloat16 = "BF16"
  /// 64-bit integers.
  case int64 = "I64"
  /// 32-bit integers.
  case int32 = "I32"
  /// 16-bit integers.
  case int16 = "I16"
  /// Signed bytes.
  case int8 = "I8"
  /// Unsigned bytes.
  case uint8 = "U8"
  /// Truth values of a byte each.
  case bool = "BOOL"

  /// Bytes of one value.
  package var size: Int {
    switch self {
    case .float64, .int64: 8
    case .float32, .int32: 4
    case .float16, .bfloat16, .int16: 2
    case .int8, .uint8, .bool: 1
    }
  }
}
