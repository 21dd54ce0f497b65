import Testing

/// Tests that go through ALSA, one by one because they share its configuration.
@Suite(.serialized) enum ALSATests {}
