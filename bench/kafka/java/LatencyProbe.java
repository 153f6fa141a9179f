import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends Nexmark events to a topic at a fixed rate, and times the bids that come out at another one (read_committed). An event carries the
 * time at which it was due, not that at which it was sent: when sending stalls, the wait counts (no coordinated omission).
 * Arguments: bootstrap in out rate seconds warmUpSeconds.
 */
public final class LatencyProbe {
  private static final String FIELD = "\"dateTime\":\"";

  public static void main(String[] a) throws Exception {
    String bootstrap = a[0], in = a[1], out = a[2];
    int rate = Integer.parseInt(a[3]), seconds = Integer.parseInt(a[4]), warmUp = Integer.parseInt(a[5]);
    long total = (long) rate * (seconds + warmUp);
    long[] latencies = new long[(int) total];
    int[] count = {0};
    long start = System.currentTimeMillis() + 1_000, from = start + warmUp * 1_000L;
    AtomicBoolean stop = new AtomicBoolean();
    Thread reader = new Thread(() -> {
      try (var consumer = consumer(bootstrap)) {
        List<TopicPartition> all = consumer.partitionsFor(out).stream().map(i -> new TopicPartition(out, i.partition())).toList();
        consumer.assign(all);
        consumer.seekToEnd(all);
        for (var one : all) consumer.position(one);
        while (!stop.get()) {
          var records = consumer.poll(Duration.ofMillis(200));
          long now = System.currentTimeMillis();
          for (var r : records) {
            long due = timeIn(new String(r.value(), StandardCharsets.ISO_8859_1));
            if (due >= from && count[0] < latencies.length) latencies[count[0]++] = now - due;
          }
        }
      }
    });
    reader.start();
    try (var producer = producer(bootstrap)) {
      producer.partitionsFor(in);
      NexmarkEvents g = new NexmarkEvents(7, 0, 1_000, 0);
      for (long e = 0; e < total; e++) {
        long due = start + e * 1_000 / rate;
        while (System.currentTimeMillis() < due) Thread.sleep(1);
        int length = g.next(e, due);
        producer.send(new ProducerRecord<>(in, (int) (e % 4), due, null, Arrays.copyOf(g.buf, length)));
      }
    }
    Thread.sleep(5_000);
    stop.set(true);
    reader.join();
    long[] sorted = Arrays.copyOf(latencies, count[0]);
    Arrays.sort(sorted);
    System.out.printf(
        "RESULT {\"count\":%d,\"p50\":%d,\"p90\":%d,\"p99\":%d,\"p999\":%d,\"max\":%d}%n",
        sorted.length, at(sorted, 0.5), at(sorted, 0.9), at(sorted, 0.99), at(sorted, 0.999), at(sorted, 1));
  }

  private static long at(long[] sorted, double share) {
    return sorted.length == 0 ? -1 : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)];
  }

  /** All engines write times as {@code yyyy-MM-dd HH:mm:ss.SSS}, some without zeros at the end. */
  private static long timeIn(String json) {
    int i = json.indexOf(FIELD);
    if (i < 0) return -1;
    String text = json.substring(i + FIELD.length(), json.indexOf('"', i + FIELD.length()));
    return LocalDateTime.parse(text.replace(' ', 'T').replace("Z", "")).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String bootstrap) {
    Properties p = new Properties();
    p.put("bootstrap.servers", bootstrap);
    p.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    p.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
    return new KafkaConsumer<>(p, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static KafkaProducer<byte[], byte[]> producer(String bootstrap) {
    Properties p = new Properties();
    p.put("bootstrap.servers", bootstrap);
    p.put("acks", "1");
    p.put("enable.idempotence", "false");
    p.put("linger.ms", "0");
    return new KafkaProducer<>(p, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
