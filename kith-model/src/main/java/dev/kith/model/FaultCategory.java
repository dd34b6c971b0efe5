package dev.kith.model;

/** Who has to act on a fault; decides the exit code of a command and the status of a response. */
public enum FaultCategory {
  /** The project or its data is wrong. */
  PROJECT(1),
  /** The command was called in a wrong way. */
  USAGE(2),
  /** A check failed; nothing was published. */
  CHECK(3),
  /** Something outside failed: a database, the network, a disk. */
  OUTSIDE(4),
  /** A fault of Kith's. */
  BUG(5);

  private final int exitCode;

  FaultCategory(int exitCode) {
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}
