package dev.kith.project;

import dev.kith.model.Diagnostic;
import dev.kith.model.Problems;
import dev.kith.model.SourceSpan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Turns a YAML 1.2 document into values with places.
 *
 * <p>The span of a scalar covers its text without the quotes, so that the place of a character
 * within a one-line text is the span's column plus its offset.
 */
final class YamlReader {

  /** A document of more nodes, aliases followed, is not a definition but an attack or a mistake. */
  private static final int MAX_NODES = 200_000;

  private static final CoreSchema SCHEMA = new CoreSchema();

  private final String file;
  private final Problems problems;
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<String> lines;
  private int nodes;

  private YamlReader(String file, String text, Problems problems) {
    this.file = file;
    this.problems = problems;
    this.lines = text.lines().toList();
  }

  /**
   * Reads a document.
   *
   * @return nothing if it is empty or not YAML; the latter is reported
   */
  static Optional<YamlValue> read(String file, String text, Problems problems) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file)
            .setSchema(SCHEMA)
            .setAllowNonScalarKeys(true) // refused here, with a place
            .build();
    try {
      Optional<Node> node = new Compose(settings).composeString(text);
      if (node.isEmpty()) {
        return Optional.empty();
      }
      YamlReader reader = new YamlReader(file, text, problems);
      return Optional.of(reader.value(node.get()));
    } catch (RefusedException e) {
      problems.add(Diagnostic.error(ProjectCode.INVALID_YAML, e.span, e.message));
    } catch (StackOverflowError e) {
      problems.add(
          Diagnostic.error(
              ProjectCode.INVALID_YAML,
              SourceSpan.startOf(file),
              "the document is nested too deeply"));
    } catch (ReaderException e) {
      problems.add(
          Diagnostic.error(
              ProjectCode.INVALID_YAML,
              place(file, text, e.getPosition()),
              "not valid YAML: the character U+%04X is not allowed".formatted(e.getCodePoint()),
              "remove it, or write it as an escape in double quotes"));
    } catch (MarkedYamlEngineException e) {
      problems.add(invalid(file, e));
    } catch (YamlEngineException e) {
      problems.add(
          Diagnostic.error(
              ProjectCode.INVALID_YAML,
              SourceSpan.startOf(file),
              "not valid YAML: " + String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
    }
    return Optional.empty();
  }

  private static Diagnostic invalid(String file, MarkedYamlEngineException e) {
    SourceSpan span =
        e.getProblemMark()
            .or(e::getContextMark)
            .map(mark -> SourceSpan.at(file, mark.getLine() + 1, mark.getColumn() + 1))
            .orElse(SourceSpan.startOf(file));
    String problem = e.getProblem().lines().findFirst().orElse("").strip();
    if (problem.startsWith("but ") && e.getContext() != null) {
      problem = e.getContext() + ", " + problem;
    }
    boolean isTab = problem.contains("\\t");
    problem = problem.replaceFirst("\\.? \\(Do not use .*", "");
    Diagnostic found =
        Diagnostic.error(ProjectCode.INVALID_YAML, span, "not valid YAML: " + problem);
    if (problem.startsWith("mapping values are not allowed")) {
      return found.withHelp("put a value that holds ': ' in quotes; check the indentation");
    }
    if (isTab) {
      return found.withHelp("indent with spaces");
    }
    return found;
  }

  private static SourceSpan place(String file, String text, int codePoints) {
    int line = 1;
    int column = 1;
    for (int c : text.codePoints().limit(codePoints).toArray()) {
      line += c == '\n' ? 1 : 0;
      column = c == '\n' ? 1 : column + 1;
    }
    return SourceSpan.at(file, line, column);
  }

  private YamlValue value(Node node) {
    if (++nodes > MAX_NODES) {
      throw new RefusedException(
          SourceSpan.startOf(file),
          "the document has more than " + MAX_NODES + " values, aliases followed");
    }
    SourceSpan span = span(node);
    // The engine marks plain texts that hold ${NAME} by a tag of its own; to us they are texts.
    if (!node.getTag().getValue().startsWith(Tag.PREFIX) && !node.getTag().equals(Tag.ENV_TAG)) {
      problems.add(
          Diagnostic.error(
              ProjectCode.INVALID_YAML,
              span,
              "the tag '" + node.getTag().getValue() + "' is not known",
              "Kith's files use no tags"));
    }
    if (node instanceof ScalarNode scalar) {
      return scalar(scalar);
    }
    if (!open.add(node)) {
      throw new RefusedException(span, "a value contains itself by an alias");
    }
    YamlValue value =
        node instanceof SequenceNode sequence
            ? new YamlValue.Items(sequence.getValue().stream().map(this::value).toList(), span)
            : fields((MappingNode) node, span);
    open.remove(node);
    return value;
  }

  private YamlValue fields(MappingNode node, SourceSpan span) {
    Map<String, YamlValue.Field> fields = new LinkedHashMap<>();
    List<YamlValue.Field> inOrder = new ArrayList<>();
    for (NodeTuple tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
        problems.add(
            Diagnostic.error(
                ProjectCode.INVALID_YAML, span(tuple.getKeyNode()), "a key must be text"));
        continue;
      }
      YamlValue.Field field = new YamlValue.Field(scalar(keyNode), value(tuple.getValueNode()));
      YamlValue.Field first = fields.putIfAbsent(field.key().text(), field);
      if (first == null) {
        inOrder.add(field);
      } else {
        problems.add(
            Diagnostic.error(
                ProjectCode.DUPLICATE_KEY,
                field.key().span(),
                "the key '" + field.key().text() + "' is written twice",
                "the first is in line " + first.key().span().line()));
      }
    }
    return new YamlValue.Fields(inOrder, Set.of(), span);
  }

  private YamlValue.Scalar scalar(ScalarNode node) {
    Tag tag = node.getTag();
    YamlValue.Type type = YamlValue.Type.TEXT;
    if (node.isPlain()) {
      if (tag.equals(Tag.NULL)) {
        type = YamlValue.Type.NULL;
      } else if (tag.equals(Tag.BOOL)) {
        type = YamlValue.Type.TRUTH;
      } else if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
        type = YamlValue.Type.NUMBER;
      }
    }
    return new YamlValue.Scalar(node.getValue(), type, textSpan(node));
  }

  private SourceSpan textSpan(ScalarNode node) {
    SourceSpan whole = span(node);
    return switch (node.getScalarStyle()) {
      case SINGLE_QUOTED, DOUBLE_QUOTED ->
          new SourceSpan(
              file, whole.line(), whole.column() + 1, whole.endLine(), whole.endColumn() - 1);
      case LITERAL, FOLDED -> blockSpan(whole);
      default -> whole;
    };
  }

  /** From the first line of text below the indicator, at the block's indentation. */
  private SourceSpan blockSpan(SourceSpan whole) {
    for (int line = whole.line() + 1; line <= Math.min(whole.endLine(), lines.size()); line++) {
      String text = lines.get(line - 1);
      if (!text.isBlank()) {
        int indentation = text.length() - text.stripLeading().length();
        return new SourceSpan(file, line, indentation + 1, whole.endLine(), whole.endColumn());
      }
    }
    return whole;
  }

  private SourceSpan span(Node node) {
    Mark start = node.getStartMark().orElseThrow();
    Mark end = node.getEndMark().orElse(start);
    return new SourceSpan(
        file, start.getLine() + 1, start.getColumn() + 1, end.getLine() + 1, end.getColumn() + 1);
  }

  /** Ends the reading of a document that must not be walked. */
  private static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient SourceSpan span;
    private final String message;

    RefusedException(SourceSpan span, String message) {
      super(message);
      this.span = span;
      this.message = message;
    }
  }
}
