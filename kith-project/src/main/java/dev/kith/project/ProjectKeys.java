package dev.kith.project;

import static dev.kith.project.CommonKeys.TEXT;
import static dev.kith.project.CommonKeys.choice;
import static dev.kith.project.CommonKeys.either;
import static dev.kith.project.CommonKeys.oneOrMore;
import static dev.kith.project.CommonKeys.scalar;

import dev.kith.project.Shape.Keyed;
import dev.kith.project.Shape.Named;
import dev.kith.project.Shape.Nothing;

/** {@code kith.yaml}. */
final class ProjectKeys {

  private static final Keyed CONNECTION =
      Keyed.of(
          "connections",
          Key.required("url", TEXT, "A JDBC URL, such as `jdbc:postgresql://db.example/shop`."),
          Key.optional("user", TEXT, "The name to connect with."),
          Key.optional("password", TEXT, "The password; write `${SHOP_PASSWORD}`, not itself."),
          Key.optional(
              "options",
              new Named(Format.TEXT, scalar(Format.LITERAL)),
              "Further properties of the driver, by name."),
          Key.optional(
              "driver",
              oneOrMore(TEXT),
              "Paths of jars with the JDBC driver, for databases other than PostgreSQL, MySQL and"
                  + " MariaDB."));

  private static final Keyed TEMPORARY =
      Keyed.of(
          "temporary",
          Key.optional("folder", TEXT, "Where work larger than memory goes.")
              .otherwise("`.kith/tmp`"),
          Key.optional("limit", scalar(Format.SIZE), "The most that may be there, such as `50GB`.")
              .otherwise("most of the free disk"));

  private static final Key NAMESPACE =
      Key.optional("namespace", TEXT, "What jobs and tables are called under.")
          .otherwise("the project's name");

  private static final Shape LINEAGE =
      either(
          Keyed.of(
              "lineage to a file",
              Key.required(
                  "file",
                  TEXT,
                  "A file that events are appended to, one a line; `${NAME}` stands"
                      + " for an environment variable, here and below."),
              NAMESPACE),
          Keyed.of(
              "lineage to an endpoint",
              Key.required(
                  "url",
                  TEXT,
                  "Where events are posted, such as" + " `http://localhost:5000/api/v1/lineage`."),
              Key.optional("token", TEXT, "A bearer token; write `${TOKEN}`, not itself."),
              NAMESPACE));

  private static final Keyed RETRIES =
      Keyed.of(
          "retries",
          Key.optional(
                  "attempts",
                  scalar(Format.COUNT),
                  "How often a source is read or a table built at most, the first time included.")
              .otherwise("3"),
          Key.optional(
                  "wait",
                  scalar(Format.PAUSE),
                  "How long to wait before the second attempt; twice as long before each further"
                      + " one, up to a minute.")
              .otherwise("`1s`"));

  private static final Keyed SAMPLE =
      Keyed.of(
          "sample",
          Key.required("share", scalar(Format.SHARE), "The part of the people, such as `5%`."),
          Key.required(
              "by",
              scalar(Format.COLUMN),
              "The column that tells whose a row is. Sources that lack it are read whole."));

  private static final Keyed ENVIRONMENT =
      Keyed.of(
          "environments",
          Key.optional(
              "connections",
              new Named(Format.NAME, CONNECTION),
              "Databases to read from instead of those of the same names."),
          Key.optional(
              "sample",
              SAMPLE,
              "Works with a part of the people only, the same in all sources. Cannot be promoted."),
          Key.optional("expires", scalar(Format.SPAN), "How long it is kept after its last run.")
              .otherwise("`30d`"));

  static final Keyed SHAPE =
      Keyed.of(
          "kith.yaml",
          Key.required("kith", scalar(Format.VERSION), "The version of the format: 1."),
          Key.required("name", TEXT, "The project's name."),
          Key.optional(
                  "timezone",
                  scalar(Format.ZONE),
                  "Where days begin, and where timestamps without a zone are read.")
              .otherwise("`UTC`"),
          Key.optional(
                  "as_of",
                  choice("today", "data"),
                  "The instant of profiles when none is given: the start of `today`, or the"
                      + " midnight after the newest event in the `data` (for a finished data set).")
              .otherwise("`today`"),
          Key.optional(
                  "warehouse",
                  TEXT,
                  "The folder of the tables, absolute or relative to the project. `${NAME}` stands"
                      + " for an environment variable.")
              .otherwise("`.kith/warehouse`"),
          Key.optional("engine", choice("duckdb"), "What computes.").otherwise("`duckdb`"),
          Key.optional(
                  "memory", scalar(Format.SIZE), "The most that the process takes, such as `4GB`.")
              .otherwise("a share of the machine's"),
          Key.optional("threads", scalar(Format.COUNT), "How many threads compute.")
              .otherwise("one for each processor"),
          Key.optional("temporary", TEMPORARY, "Bounds on temporary files."),
          Key.optional(
              "retries",
              RETRIES,
              "What a run does when something outside fails that may be back soon, such as a"
                  + " database that cannot be reached."),
          Key.optional(
                  "keep",
                  scalar(Format.SPAN),
                  "For how long `kith clean` keeps a release after another has taken its place.")
              .otherwise("`30d`"),
          Key.optional(
                  "keep_releases",
                  scalar(Format.COUNT),
                  "So many releases of each environment are kept however old they are.")
              .otherwise("`3`"),
          Key.optional(
              "connections",
              new Named(Format.NAME, CONNECTION),
              "Databases to read from, by name. In their values `${NAME}` stands for an environment"
                  + " variable."),
          Key.optional("lineage", LINEAGE, "Where runs are told of, as OpenLineage events."),
          Key.optional(
              "environments",
              new Named(Format.ENVIRONMENT, either(ENVIRONMENT, new Nothing())),
              "What differs in environments, by name. Others may be used too: they differ in"
                  + " nothing."));

  private ProjectKeys() {}
}
