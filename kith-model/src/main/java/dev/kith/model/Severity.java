package dev.kith.model;

/** How bad a {@link Diagnostic} is: an error stops the command, a warning does not. */
public enum Severity {
  ERROR,
  WARNING
}
