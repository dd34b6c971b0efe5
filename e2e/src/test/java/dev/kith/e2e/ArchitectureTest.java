package dev.kith.e2e;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules about modules and packages that the compiler doesn't check. */
class ArchitectureTest {

  private static final String ROOT = "dev.kith.";

  /** The module whose root package is that of all, and which has no other. */
  private static final String API = "";

  /**
   * Each module by its root package, and the modules that it may use. Whoever adds one, adds it
   * here.
   */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("model", Set.of()),
          Map.entry("project", Set.of("model")),
          Map.entry("sql", Set.of("model")),
          Map.entry("lake", Set.of("model")),
          Map.entry("engine", Set.of("model", "lake")),
          Map.entry("engine.duckdb", Set.of("model", "lake", "engine")),
          Map.entry("measures", Set.of("model", "sql")),
          Map.entry("sources", Set.of("model", "sql", "lake", "engine")),
          Map.entry(
              "run", Set.of("model", "project", "sql", "lake", "engine", "measures", "sources")),
          Map.entry(API, Set.of("model", "lake", "engine", "engine.duckdb", "run")),
          Map.entry(
              "cli",
              Set.of(
                  API,
                  "model",
                  "project",
                  "sql",
                  "lake",
                  "engine",
                  "measures",
                  "sources",
                  "run",
                  "examples.retail")),
          Map.entry("examples.retail", Set.of()));

  /** Modules without I/O and without a clock of their own. */
  private static final String[] PURE = {"dev.kith.model..", "dev.kith.measures.."};

  /** Values, and the one I/O type that the compiler itself brings in (for enums and lambdas). */
  private static final Set<String> HARMLESS = Set.of("java.io.Serializable");

  /** Methods that, without arguments, answer from the clock, from chance or from the machine. */
  private static final Set<String> IMPURE_METHODS =
      Set.of("currentTimeMillis", "nanoTime", "now", "random", "randomUUID", "systemDefault");

  private static JavaClasses kith;

  @BeforeAll
  static void readClasses() {
    kith =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/e2e/"))
            .importPackages("dev.kith");
  }

  @Test
  void theRulesSawEnoughClasses() {
    Map<String, Integer> classes = new TreeMap<>();
    kith.forEach(type -> classes.merge(moduleOf(type), 1, Integer::sum));

    assertThat(kith.size()).as("classes seen").isGreaterThan(30);
    assertThat(classes.keySet())
        .as("modules seen")
        .containsExactlyInAnyOrderElementsOf(MAY_USE.keySet());
  }

  @Test
  void modulesUseOnlyWhatIsAboveThem() {
    Set<String> violations = new TreeSet<>();
    for (JavaClass type : kith) {
      String module = moduleOf(type);
      Set<String> allowed = MAY_USE.getOrDefault(module, Set.of());
      type.getDirectDependenciesFromSelf().stream()
          .filter(dependency -> dependency.getTargetClass().getName().startsWith(ROOT))
          .filter(
              dependency -> {
                String target = moduleOf(dependency.getTargetClass());
                return !target.equals(module) && !allowed.contains(target);
              })
          .forEach(dependency -> violations.add(dependency.getDescription()));
    }

    assertThat(violations).isEmpty();
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.kith.(**)").should().beFreeOfCycles().check(kith);
  }

  @Test
  void pureModulesDoNoIo() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat(
            describe(
                "do I/O",
                type ->
                    List.of("java.io", "java.net", "java.nio.channels", "java.nio.file", "java.sql")
                            .contains(type.getPackageName())
                        && !HARMLESS.contains(type.getName())))
        .check(kith);
  }

  @Test
  void pureModulesReadNoClockAndNoChance() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .accessTargetWhere(describe("reads a clock or chance", ArchitectureTest::isImpure))
        .check(kith);
  }

  @Test
  void packagesAreNullMarked() {
    Set<String> unmarked = new TreeSet<>();
    for (JavaClass type : kith) {
      JavaPackage itsPackage = type.getPackage();
      if (!itsPackage.isAnnotatedWith(NullMarked.class)) {
        unmarked.add(itsPackage.getName());
      }
    }

    assertThat(unmarked).as("packages without a @NullMarked package-info.java").isEmpty();
  }

  private static boolean isImpure(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    String name = access.getName();
    if (owner.isEquivalentTo(Clock.class)) {
      return name.startsWith("system") || name.startsWith("tick");
    }
    boolean withoutArguments =
        access.getTarget() instanceof CodeUnitAccessTarget target
            && target.getRawParameterTypes().isEmpty();
    if (owner.isEquivalentTo(Random.class)) {
      return name.equals(JavaConstructor.CONSTRUCTOR_NAME) && withoutArguments;
    }
    return withoutArguments && IMPURE_METHODS.contains(name) && !owner.getName().startsWith(ROOT);
  }

  /** The module with the longest root package that the class is in. */
  private static String moduleOf(JavaClass type) {
    String name = type.getPackageName() + ".";
    return MAY_USE.keySet().stream()
        .filter(
            module -> module.equals(API) ? name.equals(ROOT) : name.startsWith(ROOT + module + "."))
        .reduce((a, b) -> a.length() > b.length() ? a : b)
        .orElseThrow(() -> new AssertionError(type.getName() + " is in no known module"));
  }
}
