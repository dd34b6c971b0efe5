package dev.kith.lake;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.iceberg.io.PositionOutputStream;

/**
 * Files that are on the disk, not only on their way to it, before a commit refers to them. The
 * database syncs its commits: without this, a power cut could leave a catalog that points at files
 * which are empty. That a new file keeps its name along with its content is left to the file
 * system, as those in use have it.
 */
final class DurableFiles {

  private DurableFiles() {}

  /** Waits until all that was written to the file is on the disk. */
  static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** The same stream, but for waiting at its end. */
  static PositionOutputStream forced(PositionOutputStream stream, Path file) {
    return new Forced(stream, file);
  }

  private static final class Forced extends PositionOutputStream {
    private final PositionOutputStream stream;
    private final Path file;
    private boolean closed;

    Forced(PositionOutputStream stream, Path file) {
      this.stream = stream;
      this.file = file;
    }

    @Override
    public long getPos() throws IOException {
      return stream.getPos();
    }

    @Override
    public long storedLength() throws IOException {
      return stream.storedLength();
    }

    @Override
    public void write(int value) throws IOException {
      stream.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      stream.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      stream.flush();
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        stream.close();
        force(file);
      }
    }
  }
}
