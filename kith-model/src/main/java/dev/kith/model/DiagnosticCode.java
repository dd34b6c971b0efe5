package dev.kith.model;

/**
 * A kind of fault in a project or its data, with a page in the generated reference. Each module
 * lists its own in an enum; {@code fixtures/invalid} holds an example of each.
 */
public interface DiagnosticCode {

  /** A letter for the area and three digits, such as {@code M003}; never reused. */
  String id();

  /** One line: what is wrong, in general. */
  String summary();

  /** Why it is a fault and how to mend it, in a few sentences of Markdown. */
  String explanation();

  /** Whether what failed outside may work a moment later, so that it is worth another attempt. */
  default boolean mayPass() {
    return false;
  }
}
