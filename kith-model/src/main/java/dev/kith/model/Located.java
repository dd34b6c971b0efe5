package dev.kith.model;

/** A value of a definition, and where it is written. Equality ignores the place. */
public record Located<T>(T value, SourceSpan span) {

  @Override
  public boolean equals(Object other) {
    return other instanceof Located<?> that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
