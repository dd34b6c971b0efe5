package dev.kith.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A MariaDB of the machine's own, started for a test. A build server must have one. */
record MariaDbServer(Process process, int port) implements AutoCloseable {

  static final String USER = "root";

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  static MariaDbServer start(Path folder) throws IOException, InterruptedException {
    Optional<Path> server = program("mariadbd");
    Optional<Path> install = program("mariadb-install-db");
    boolean there = server.isPresent() && install.isPresent();
    if (!there && System.getenv("KITH_CI") != null) {
      throw new AssertionError("Cannot find mariadbd and mariadb-install-db");
    }
    assumeTrue(there, "MariaDB's server is not installed here");
    Files.createDirectories(folder);
    Path log = folder.resolve("log");
    String data = "--datadir=" + folder.resolve("data");
    String user = "--user=" + System.getProperty("user.name");
    Process installing =
        process(
            log,
            install.orElseThrow().toString(),
            "--no-defaults",
            data,
            user,
            "--auth-root-authentication-method=normal",
            "--skip-test-db");
    if (installing.waitFor() != 0) {
      throw new AssertionError("Cannot install MariaDB: " + Files.readString(log, UTF_8));
    }
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Process process =
        process(
            log,
            server.orElseThrow().toString(),
            "--no-defaults",
            data,
            user,
            "--port=" + port,
            "--bind-address=127.0.0.1",
            "--socket=" + folder.resolve("socket"),
            "--pid-file=" + folder.resolve("pid"),
            "--character-set-server=utf8mb4",
            "--innodb-flush-log-at-trx-commit=0");
    MariaDbServer started = new MariaDbServer(process, port);
    try {
      started.awaitConnections();
    } catch (AssertionError e) {
      started.close();
      throw new AssertionError(e.getMessage() + ": " + Files.readString(log, UTF_8), e);
    }
    return started;
  }

  String url() {
    return "jdbc:mariadb://127.0.0.1:" + port + "/shop?sslMode=disable";
  }

  private void awaitConnections() throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (true) {
      try (Connection connection =
              DriverManager.getConnection(
                  "jdbc:mariadb://127.0.0.1:" + port + "/?sslMode=disable", USER, "");
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE shop CHARACTER SET utf8mb4");
        return;
      } catch (SQLException e) {
        if (Instant.now().isAfter(end) || !process.isAlive()) {
          throw new AssertionError("Cannot connect to MariaDB: " + e.getMessage(), e);
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  private static Process process(Path log, String... command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private static Optional<Path> program(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(Stream.of(path.split(":")), List.of("/usr/sbin", "/usr/bin").stream())
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
