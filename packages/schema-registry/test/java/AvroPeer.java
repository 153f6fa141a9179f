// Apache Avro's own codec: each line of the input file is "encode" or "decode", a schema, and JSON or hex, with tabs between them.

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

public class AvroPeer {
  public static void main(String[] args) throws Exception {
    for (String line : Files.readAllLines(Path.of(args[0].substring("lines=".length())))) {
      String[] parts = line.split("\t");
      Schema schema = new Schema.Parser().parse(parts[1]);
      GenericDatumReader<Object> reader = new GenericDatumReader<>(schema);
      GenericDatumWriter<Object> writer = new GenericDatumWriter<>(schema);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      if (parts[0].equals("encode")) {
        Object value = reader.read(null, DecoderFactory.get().jsonDecoder(schema, parts[2]));
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        writer.write(value, encoder);
        encoder.flush();
        System.out.println("> " + HexFormat.of().formatHex(out.toByteArray()));
      } else {
        byte[] bytes = HexFormat.of().parseHex(parts[2]);
        Object value = reader.read(null, DecoderFactory.get().binaryDecoder(bytes, null));
        var encoder = EncoderFactory.get().jsonEncoder(schema, out);
        writer.write(value, encoder);
        encoder.flush();
        System.out.println("> " + out.toString("UTF-8"));
      }
    }
  }
}
