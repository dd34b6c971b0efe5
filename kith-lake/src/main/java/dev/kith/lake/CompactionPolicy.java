package dev.kith.lake;

/**
 * When files of a table are worth rewriting.
 *
 * @param targetBytes the size of a file that is worth having; files below three quarters are small
 * @param smallFiles how many small files of one partition are too many, not counting a file that is
 *     larger than all smaller ones together
 * @param deletedShare from which share of deleted rows a file is rewritten, 0 to 1
 */
public record CompactionPolicy(long targetBytes, int smallFiles, double deletedShare) {

  public static final CompactionPolicy DEFAULT = new CompactionPolicy(256L << 20, 12, 0.3);

  public CompactionPolicy {
    if (targetBytes < 1 || smallFiles < 2 || !(deletedShare > 0 && deletedShare <= 1)) {
      throw new IllegalArgumentException(
          "Cannot compact by: " + targetBytes + ", " + smallFiles + ", " + deletedShare);
    }
  }

  boolean isSmall(ScanFile file) {
    return file.sizeBytes() < targetBytes / 4 * 3;
  }

  boolean hasManyDeletes(ScanFile file) {
    return file.hasDeletes() && file.deletedRows() >= deletedShare * file.rows();
  }
}
