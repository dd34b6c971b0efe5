package dev.kith.project;

import dev.kith.model.Diagnostic;
import dev.kith.model.Problems;
import dev.kith.model.SourceSpan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads files as UTF-8, strictly. */
final class FileText {

  private FileText() {}

  /** The text without a byte order mark; nothing, and a report, if it cannot be read. */
  static Optional<String> read(Path file, String path, Problems problems) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      problems.add(
          Diagnostic.error(
              ProjectCode.UNREADABLE_FILE,
              SourceSpan.startOf(path),
              "the file cannot be read (" + e.getClass().getSimpleName() + ")",
              "check that it exists and may be read"));
      return Optional.empty();
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(in, out, true);
    String text = out.flip().toString();
    String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
    if (result.isUnderflow()) {
      return Optional.of(withoutMark);
    }
    int lastBreak = withoutMark.lastIndexOf('\n');
    int line = (int) withoutMark.chars().filter(c -> c == '\n').count() + 1;
    int column = withoutMark.codePointCount(lastBreak + 1, withoutMark.length()) + 1;
    problems.add(
        Diagnostic.error(
            ProjectCode.UNREADABLE_FILE,
            SourceSpan.at(path, line, column),
            "the file is not UTF-8",
            "save it in the encoding UTF-8"));
    return Optional.empty();
  }
}
