package dev.kith.sources.file;

import dev.kith.model.KithException;
import dev.kith.sources.fault.SourceCode;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Faults of files, from what the file system and the decompressors throw. */
final class FileFaults {

  private FileFaults() {}

  static KithException of(String file, @Nullable Long afterLine, IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return missing(file);
    }
    String near = afterLine == null ? "" : " after line " + (afterLine - 1);
    if (cause instanceof EOFException || isTruncation(cause)) {
      return unreadable(file, "cut off" + near)
          .withHelp("Bring the whole file and run again; nothing of it was taken");
    }
    if (cause instanceof ZipException || cause instanceof com.github.luben.zstd.ZstdIOException) {
      return unreadable(file, "damaged" + near + ": " + cause.getMessage())
          .withHelp("Bring the whole file and run again; nothing of it was taken");
    }
    return KithException.outside(
        SourceCode.FILE_UNREADABLE,
        file,
        "Cannot read %s: %s".formatted(file, reason(cause)),
        cause);
  }

  static KithException unreadable(String file, String reason) {
    return KithException.project(
        SourceCode.FILE_UNREADABLE, file, "Cannot read %s: %s".formatted(file, reason));
  }

  static KithException missing(String file) {
    return KithException.project(
            SourceCode.FILE_MISSING, file, "Cannot read %s: no such file".formatted(file))
        .withHelp("Paths are relative to the project folder");
  }

  static KithException changed(String file, String what) {
    return KithException.project(
            SourceCode.FILE_CHANGED,
            file,
            "Cannot take further rows of %s: %s".formatted(file, what))
        .withHelp(
            "Put new rows into a new file; to replace what was read, say 'on_removed_file: delete'"
                + " below 'from:' and give the file another name");
  }

  private static boolean isTruncation(IOException cause) {
    return cause instanceof com.github.luben.zstd.ZstdIOException zstd
        && String.valueOf(zstd.getMessage()).toLowerCase(java.util.Locale.ROOT).contains("trunc");
  }

  private static String reason(IOException cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
