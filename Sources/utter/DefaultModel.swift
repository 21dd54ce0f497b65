import Checkpoint
import Service

/// The model of a command that names none: that of the configuration.
func defaultModel() throws -> String {
  try Configuration.load().model.name
}

/// The precision of a command that names none; nil for the quickest.
func defaultPrecision() throws -> Precision? {
  try Configuration.load().model.precision
}
