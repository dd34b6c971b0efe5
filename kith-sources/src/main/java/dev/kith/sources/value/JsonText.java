package dev.kith.sources.value;

/** A JSON object or array as it was written. */
public record JsonText(String text) {
  @Override
  public String toString() {
    return text;
  }
}
