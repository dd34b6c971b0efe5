package dev.kith.e2e;

import dev.kith.cli.Main;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How processes of Kith's are started by tests: with an archive of the classes that a run loads,
 * made once by the first test that asks for it. It saves nearly half of what a short process costs,
 * and tests start hundreds. The JVM archives classes of jars only, so there is none where Kith's
 * own classes are in folders.
 */
final class SharedClasses {

  private static final long PATIENCE_SECONDS = 180;
  private static final Optional<Path> ARCHIVE = archive();

  private SharedClasses() {}

  /**
   * To be put before the name of the class that is started.
   *
   * @param ahead jars to come first on the class path; with any, the archive does not fit
   */
  static List<String> options(List<Path> ahead) {
    List<String> options = new ArrayList<>(common());
    if (ahead.isEmpty()) {
      ARCHIVE.ifPresent(
          archive -> options.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds*=off")));
    }
    options.addAll(
        List.of(
            "-cp", classPath(Stream.of(ahead.stream(), jars(), folders()).flatMap(each -> each))));
    return options;
  }

  private static List<String> common() {
    List<String> options = new ArrayList<>();
    options.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx512m"));
    options.add("--add-opens=java.base/java.nio=ALL-UNNAMED");
    if (Runtime.version().feature() >= 22) {
      options.add("--enable-native-access=ALL-UNNAMED");
    }
    return options;
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static Optional<Path> archive() {
    try {
      if (!isInJar(Main.class)) {
        return Optional.empty();
      }
      Path folder = Files.createTempDirectory("kith-classes");
      Path archive = folder.resolve("run.jsa");
      ProjectFolder project = ShopProject.firstInput(folder.resolve("shop"));
      List<String> command = new ArrayList<>(List.of(java()));
      command.addAll(common());
      command.add("-XX:ArchiveClassesAtExit=" + archive);
      command.addAll(List.of("-cp", classPath(jars()), Main.class.getName(), "run"));
      Process run =
          new ProcessBuilder(command)
              .directory(project.path().toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean ended = run.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      project.deleteAll();
      Stream.of(folder, archive).map(Path::toFile).forEach(File::deleteOnExit);
      return ended && Files.exists(archive) ? Optional.of(archive) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static boolean isInJar(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().getPath().endsWith(".jar");
  }

  /** The archive fits a class path that begins with what it was made with. */
  private static Stream<Path> jars() {
    return entries().filter(Files::isRegularFile);
  }

  private static Stream<Path> folders() {
    return entries().filter(Files::isDirectory);
  }

  private static Stream<Path> entries() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(Path::of);
  }

  private static String classPath(Stream<Path> entries) {
    return entries.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
