package dev.kith.e2e;

import dev.kith.measures.ProfilePlan;
import dev.kith.run.Workspace;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/** A jar that, ahead of this Kith on the class path, makes it another version. */
final class AnotherKith {

  /** As the compiler folds them: the numbers are part of what fingerprints are made of. */
  private static final Pattern SEMANTICS = Pattern.compile("semantics [1-8]");

  private static final String OTHER_SEMANTICS = "semantics 9";

  private AnotherKith() {}

  /**
   * Of the same classes, with a version in the manifest.
   *
   * @param semantics what they take definitions to mean is the same
   */
  static Path jar(Path jar, String version, boolean semantics) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (Class<?> module : List.of(Workspace.class, ProfilePlan.class)) {
        copy(module, semantics, out);
      }
    }
    return jar;
  }

  /** All that is below the package of a class. */
  private static void copy(Class<?> module, boolean semantics, JarOutputStream out)
      throws IOException {
    URI classes;
    try {
      classes = module.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
    String folder = module.getPackageName().replace('.', '/');
    if (classes.getPath().endsWith(".jar")) {
      try (FileSystem files = FileSystems.newFileSystem(URI.create("jar:" + classes), Map.of())) {
        copy(files.getPath("/"), folder, semantics, out);
      }
    } else {
      copy(Path.of(classes), folder, semantics, out);
    }
  }

  private static void copy(Path root, String folder, boolean semantics, JarOutputStream out)
      throws IOException {
    try (var walk = Files.walk(root.resolve(folder))) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(root.relativize(file).toString()));
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        out.write(
            (semantics ? bytes : SEMANTICS.matcher(bytes).replaceAll(OTHER_SEMANTICS))
                .getBytes(StandardCharsets.ISO_8859_1));
        out.closeEntry();
      }
    }
  }
}
