package dev.kith.sources.jdbc;

import dev.kith.model.KithException;
import dev.kith.model.definition.ProjectSettings.Connection;
import dev.kith.sources.fault.SourceCode;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Finds the driver of a connection's URL: a shipped one, or one of the jars that it names. */
final class Drivers {

  private static final String MYSQL = "jdbc:mysql:";

  private Drivers() {}

  /**
   * Connects; statements read only, inside a transaction that sees one state of the database as far
   * as the database can.
   */
  static java.sql.Connection connect(Connection settings, Path project) {
    String url = url(settings);
    Properties properties = new Properties();
    properties.putAll(settings.options());
    settings.user().ifPresent(user -> properties.setProperty("user", user));
    settings.password().ifPresent(secret -> properties.setProperty("password", secret.reveal()));
    if (url.startsWith("jdbc:mariadb:")) {
      // Instants then come as they are stored, and local times are not moved.
      properties.putIfAbsent("sessionVariables", "time_zone='+00:00'");
      properties.putIfAbsent("connectTimeout", "10000");
    }
    try {
      java.sql.Connection connection = driver(settings, url, project).connect(url, properties);
      if (connection == null) {
        throw noDriver(settings);
      }
      connection.setAutoCommit(false);
      readOnly(connection);
      if (connection
          .getMetaData()
          .supportsTransactionIsolationLevel(java.sql.Connection.TRANSACTION_REPEATABLE_READ)) {
        connection.setTransactionIsolation(java.sql.Connection.TRANSACTION_REPEATABLE_READ);
      }
      return connection;
    } catch (SQLException e) {
      throw new JdbcFaults(settings).connecting(e);
    }
  }

  /** A hint, which not every driver takes from an open connection. */
  private static void readOnly(java.sql.Connection connection) {
    try {
      connection.setReadOnly(true);
    } catch (SQLException e) {
      return;
    }
  }

  private static String url(Connection settings) {
    boolean own = !settings.driver().isEmpty();
    return settings.url().startsWith(MYSQL) && !own
        ? "jdbc:mariadb:" + settings.url().substring(MYSQL.length())
        : settings.url();
  }

  private static Driver driver(Connection settings, String url, Path project) {
    ClassLoader loader =
        settings.driver().isEmpty() ? Drivers.class.getClassLoader() : jars(settings, project);
    try {
      for (Driver driver : ServiceLoader.load(Driver.class, loader)) {
        if (driver.acceptsURL(url)) {
          return driver;
        }
      }
    } catch (SQLException | ServiceConfigurationError e) {
      throw noDriver(settings);
    }
    throw noDriver(settings);
  }

  /** Kept open as long as the process: drivers load classes whenever they like. */
  private static ClassLoader jars(Connection settings, Path project) {
    List<Path> paths = settings.driver().stream().map(project::resolve).toList();
    URL[] urls = new URL[paths.size()];
    for (int i = 0; i < urls.length; i++) {
      if (!Files.isRegularFile(paths.get(i))) {
        throw KithException.project(
            SourceCode.DRIVER_MISSING,
            settings.name(),
            "Cannot connect to '%s': there is no driver %s"
                .formatted(settings.name(), settings.driver().get(i)));
      }
      try {
        urls[i] = paths.get(i).toUri().toURL();
      } catch (MalformedURLException e) {
        throw new IllegalArgumentException(e);
      }
    }
    return new URLClassLoader(urls, Drivers.class.getClassLoader());
  }

  private static KithException noDriver(Connection settings) {
    return KithException.project(
            SourceCode.DRIVER_MISSING,
            settings.name(),
            "Cannot connect to '%s': no driver for its URL".formatted(settings.name()))
        .withHelp("Name the driver's jars: 'driver: [lib/driver.jar]'");
  }
}
