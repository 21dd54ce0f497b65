import Service

/// The model of a command that names none: that of the configuration.
func defaultModel() throws -> String {
  try Configuration.load().model.name
}
