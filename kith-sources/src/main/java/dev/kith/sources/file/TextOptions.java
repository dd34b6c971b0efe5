package dev.kith.sources.file;

import dev.kith.model.KithException;
import dev.kith.model.definition.SourceDefinition.FileOptions;
import dev.kith.sources.fault.SourceCode;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How text files of a source are read.
 *
 * @param quote 0 where there is none
 * @param encoding null where a byte order mark or UTF-8 decides
 * @param nullTexts texts of CSV that stand for NULL
 * @param declared names of declared columns, in order: of files without a header
 * @param known names of the table's columns: a first line with one of them is a header
 */
public record TextOptions(
    Optional<String> delimiter,
    char quote,
    Optional<Boolean> header,
    @Nullable Charset encoding,
    Set<String> nullTexts,
    List<String> declared,
    List<String> known) {

  public TextOptions {
    nullTexts = Set.copyOf(nullTexts);
    declared = List.copyOf(declared);
    known = List.copyOf(known);
  }

  /** The options of a source, with defaults. */
  public static TextOptions of(
      String source, FileOptions options, List<String> declared, List<String> known) {
    String quote = options.quote().orElse("\"");
    if (quote.length() > 1) {
      throw KithException.project(
          SourceCode.BAD_OPTION, source, "Cannot quote with more than one character: " + quote);
    }
    return new TextOptions(
        options.delimiter().map(text -> text.equals("\\t") ? "\t" : text),
        quote.isEmpty() ? 0 : quote.charAt(0),
        options.header(),
        options.encoding().map(name -> charset(source, name)).orElse(null),
        Set.copyOf(options.nullStrings().orElse(List.of(""))),
        declared,
        known);
  }

  /** The same with a delimiter, unless one is set. */
  TextOptions withDelimiter(String text) {
    return new TextOptions(
        Optional.of(delimiter.orElse(text)), quote, header, encoding, nullTexts, declared, known);
  }

  private static Charset charset(String source, String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw KithException.project(
              SourceCode.BAD_OPTION, source, "Cannot read text in an unknown encoding: " + name)
          .withHelp("Such as utf-8, utf-16, windows-1252 or iso-8859-15");
    }
  }
}
