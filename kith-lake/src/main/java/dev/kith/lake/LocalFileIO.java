package dev.kith.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.iceberg.Files;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;

/**
 * Files on the local disk, without Hadoop.
 *
 * <p>Iceberg's metadata holds absolute paths, those at which the warehouse was created. A warehouse
 * that was moved is read and written all the same: paths below the recorded folder are taken as
 * paths below the actual one, and new files are recorded below the recorded one.
 */
final class LocalFileIO implements FileIO {

  private static final long serialVersionUID = 1L;

  private final String recordedRoot;
  private final transient Path root;

  LocalFileIO(String recordedRoot, Path root) {
    this.recordedRoot = recordedRoot;
    this.root = root;
  }

  /** The file on the disk that metadata calls by that name. */
  Path path(String location) {
    String plain = plain(location);
    if (plain.startsWith(recordedRoot + "/")) {
      return root.resolve(plain.substring(recordedRoot.length() + 1));
    }
    return Path.of(plain);
  }

  /** The name in metadata of a file on the disk. */
  String location(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith(root)
        ? recordedRoot + "/" + root.relativize(absolute).toString().replace('\\', '/')
        : absolute.toString();
  }

  @Override
  public InputFile newInputFile(String location) {
    return new LocalInput(location, Files.localInput(path(location).toFile()));
  }

  @Override
  public OutputFile newOutputFile(String location) {
    Path path = path(location);
    return new LocalOutput(location, path, Files.localOutput(path.toFile()));
  }

  @Override
  public void deleteFile(String location) {
    try {
      java.nio.file.Files.deleteIfExists(path(location));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete a file: " + location, e);
    }
  }

  /** Other programs may write a scheme before local paths. */
  private static String plain(String location) {
    if (!location.startsWith("file:")) {
      return location;
    }
    String path = location.substring("file:".length());
    return path.startsWith("///") ? path.substring(2) : path;
  }

  private record LocalInput(String location, InputFile file) implements InputFile {
    @Override
    public long getLength() {
      return file.getLength();
    }

    @Override
    public SeekableInputStream newStream() {
      return file.newStream();
    }

    @Override
    public boolean exists() {
      return file.exists();
    }
  }

  private record LocalOutput(String location, Path path, OutputFile file) implements OutputFile {
    @Override
    public PositionOutputStream create() {
      try {
        return DurableFiles.forced(file.create(), path);
      } catch (NotFoundException e) {
        // What it calls not found is a file that could not be made.
        throw new UncheckedIOException(
            "Cannot create a file: " + file.location(), new IOException(e.getMessage(), e));
      }
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
      return DurableFiles.forced(file.createOrOverwrite(), path);
    }

    @Override
    public InputFile toInputFile() {
      return new LocalInput(location, file.toInputFile());
    }
  }
}
