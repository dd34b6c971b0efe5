package dev.kith.e2e;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.TreeMap;

/** A project's folder, written file by file. */
record ProjectFolder(Path path) {

  static ProjectFolder at(Path path) throws IOException {
    Files.createDirectories(path);
    return new ProjectFolder(path);
  }

  ProjectFolder file(String name, String text) throws IOException {
    Path file = path.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  ProjectFolder replace(String name, String what, String by) throws IOException {
    String text = Files.readString(path.resolve(name));
    if (!text.contains(what)) {
      throw new AssertionError("Cannot find in " + name + ": " + what);
    }
    return file(name, text.replace(what, by));
  }

  ProjectFolder delete(String name) throws IOException {
    Files.delete(path.resolve(name));
    return this;
  }

  KithCommand kith() {
    return KithCommand.in(path);
  }

  /** A copy with all that a run has left there. */
  ProjectFolder copyTo(Path target) throws IOException {
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(target.resolve(path.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(
                file,
                target.resolve(path.relativize(file)),
                java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }
        });
    return new ProjectFolder(target);
  }

  /** The files below a folder with their sizes, by name. */
  TreeMap<String, Long> files(String below) throws IOException {
    TreeMap<String, Long> sizes = new TreeMap<>();
    try (var walk = Files.walk(path.resolve(below))) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        sizes.put(path.relativize(file).toString(), Files.size(file));
      }
    }
    return sizes;
  }

  void deleteAll() throws IOException {
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path folder, @org.jspecify.annotations.Nullable IOException fault)
              throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
