package dev.kith.lake;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The manifest files of releases, a folder for each environment. */
final class ReleaseFiles {

  private final Path folder;

  ReleaseFiles(Path warehouse) {
    this.folder = warehouse.resolve("releases");
  }

  Path file(String environment, String release) {
    return folder.resolve(environment).resolve(release + ".json");
  }

  void write(Release release, String manifest) {
    Path file = file(release.environment(), release.id());
    LakeFaults.during(
        "write the manifest of a release",
        file.toString(),
        () -> {
          AtomicFiles.write(file, manifest);
          return true;
        });
  }

  void delete(String environment, String release) {
    Path file = file(environment, release);
    LakeFaults.during(
        "delete the manifest of a release", file.toString(), () -> Files.deleteIfExists(file));
  }

  /**
   * Deletes those that were written for the place of a release that was published now: by runs that
   * were killed before they published theirs. Else a repair might take one of them for published.
   */
  void deleteRivals(Release published) {
    String id = published.id();
    String prefix = prefix(published.environment(), published.sequence());
    Path place = file(published.environment(), id);
    LakeFaults.during(
        "delete the manifest of a release",
        place.toString(),
        () -> {
          for (Path file : list(place.resolveSibling("."), prefix + "*.json")) {
            if (!file.getFileName().equals(place.getFileName())) {
              Files.deleteIfExists(file);
            }
          }
          return true;
        });
  }

  /** All that there are, of every environment. */
  List<Path> all() {
    return LakeFaults.during(
        "list the manifests of releases",
        folder.toString(),
        () -> {
          List<Path> files = new ArrayList<>();
          if (Files.isDirectory(folder)) {
            for (Path environment : list(folder, "*")) {
              files.addAll(list(environment, "*.json"));
            }
          }
          return files;
        });
  }

  /** How the names of all releases of that place in an environment begin. */
  static String prefix(String environment, long sequence) {
    return String.format(Locale.ROOT, "%s-%06d-", environment, sequence);
  }

  private static List<Path> list(Path folder, String glob) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder.normalize(), glob)) {
      stream.forEach(files::add);
    }
    return files;
  }
}
