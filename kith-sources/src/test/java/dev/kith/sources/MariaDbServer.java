package dev.kith.sources;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A MariaDB of its own from the installed binaries, on a free port of the loopback. */
final class MariaDbServer implements AutoCloseable {

  private static final int SECONDS_TO_START = 120;

  private final Process process;
  private final int port;

  private MariaDbServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static Optional<Path> binary(String name) {
    return Stream.of("/usr/sbin", "/usr/bin", "/usr/local/bin", "/usr/local/sbin")
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static MariaDbServer start(Path folder) throws IOException, InterruptedException {
    Path data = folder.resolve("data");
    run(
        folder,
        List.of(
            binary("mariadb-install-db").orElseThrow().toString(),
            "--no-defaults",
            "--user=root",
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
            "--datadir=" + data));
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Process process =
        process(
            folder,
            List.of(
                binary("mariadbd").orElseThrow().toString(),
                "--no-defaults",
                "--user=root",
                "--datadir=" + data,
                "--socket=" + folder.resolve("socket"),
                "--pid-file=" + folder.resolve("pid"),
                "--bind-address=127.0.0.1",
                "--port=" + port));
    MariaDbServer server = new MariaDbServer(process, port);
    server.awaitStart(folder);
    return server;
  }

  private void awaitStart(Path folder) throws IOException, InterruptedException {
    String reason = "it ended";
    for (int i = 0; i < SECONDS_TO_START * 4; i++) {
      if (!process.isAlive()) {
        break;
      }
      try (Connection connection = connect()) {
        return;
      } catch (SQLException e) {
        reason = String.valueOf(e.getMessage());
        Thread.sleep(250);
      }
    }
    process.destroyForcibly();
    throw new IOException(
        "MariaDB did not start: " + reason + "\n" + Files.readString(folder.resolve("log")));
  }

  private static void run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Process process = process(folder, command);
    if (!process.waitFor(SECONDS_TO_START, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(command + " failed: " + Files.readString(folder.resolve("log")));
    }
  }

  private static Process process(Path folder, List<String> command) throws IOException {
    return new ProcessBuilder(new ArrayList<>(command))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  String url() {
    return "jdbc:mariadb://127.0.0.1:" + port + "/?sslMode=disable";
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), "root", "");
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
