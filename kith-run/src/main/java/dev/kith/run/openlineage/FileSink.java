package dev.kith.run.openlineage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Appends each event to a file, in one write, so that two runs do not mix their lines. */
final class FileSink implements EventSink {

  private final Path file;

  FileSink(Path file) {
    this.file = file;
  }

  @Override
  public void send(String event) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, event + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
