// Reads topics from their beginning to what is there now, as Kafka's own consumer sees it, and prints each record as a line of JSON.
//
// Arguments, each name=value: bootstrap, topics (commas between them), isolation (read_committed or read_uncommitted).
// A line: {"topic":"t","partition":0,"offset":5,"timestamp":1700000000000,"key":"base64 or null","value":"base64 or null","headers":[["base64","base64 or null"]]}.

import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

public final class RecordReader {
  public static void main(String[] args) {
    Map<String, String> options = new HashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      options.put(arg.substring(0, equals), arg.substring(equals + 1));
    }
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", options.get("bootstrap"));
    config.put("isolation.level", options.get("isolation"));
    config.put("enable.auto.commit", false);
    PrintStream out =
        new PrintStream(new BufferedOutputStream(System.out, 1 << 16), false, StandardCharsets.UTF_8);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          Arrays.stream(options.get("topics").split(","))
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .collect(Collectors.toList());
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          out.println(line(record));
        }
      }
    }
    out.flush();
  }

  private static String line(ConsumerRecord<byte[], byte[]> record) {
    String headers =
        StreamSupport.stream(record.headers().spliterator(), false)
            .map(RecordReader::header)
            .collect(Collectors.joining(","));
    return String.format(
        "{\"topic\":\"%s\",\"partition\":%d,\"offset\":%d,\"timestamp\":%d,\"key\":%s,\"value\":%s,\"headers\":[%s]}",
        record.topic(), record.partition(), record.offset(), record.timestamp(), text(record.key()), text(record.value()), headers);
  }

  private static String header(Header header) {
    byte[] name = header.key().getBytes(StandardCharsets.UTF_8);
    return "[" + text(name) + "," + text(header.value()) + "]";
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "null" : '"' + Base64.getEncoder().encodeToString(bytes) + '"';
  }
}
