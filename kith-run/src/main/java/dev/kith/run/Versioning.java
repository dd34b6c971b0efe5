package dev.kith.run;

/** Which Kith this is. */
final class Versioning {

  private Versioning() {}

  static String kith() {
    String version = Versioning.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }
}
