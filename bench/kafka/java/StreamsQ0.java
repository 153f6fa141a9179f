import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/**
 * Nexmark q0 from topic to topic as a Kafka Streams program with two threads: each bid is read with Jackson and five of its fields are written.
 * Arguments: bootstrap in out exactly-once|at-least-once commitMs events|latest stateFolder. With a number of events it ends once it has read
 * them; with {@code latest} it reads what comes from now on, and ends with its standard input.
 */
public final class StreamsQ0 {
  public static final class Bid {
    public long auction, bidder, price;
    public String dateTime, extra;
  }

  public static final class Event {
    public int event_type;
    public Bid bid;
  }

  private static final ObjectMapper JSON = new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  public static void main(String[] a) throws Exception {
    String bootstrap = a[0], in = a[1], out = a[2];
    boolean isExactlyOnce = a[3].equals("exactly-once"), isBounded = !a[5].equals("latest");
    String id = "streams-q0-" + ProcessHandle.current().pid() + "-" + System.currentTimeMillis();
    Path state = Files.createTempDirectory(Path.of(a[6]), "streams-");
    Properties p = new Properties();
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, id);
    p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    p.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, "2");
    p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, isExactlyOnce ? StreamsConfig.EXACTLY_ONCE_V2 : StreamsConfig.AT_LEAST_ONCE);
    p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, a[4]);
    p.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), isBounded ? "earliest" : "latest");
    p.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), "5000");
    // For throughput batches may wait; for latency they must not.
    p.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), "131072");
    p.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), isBounded ? "50" : "0");

    AtomicLong firstAt = new AtomicLong();
    LongAdder read = new LongAdder(), written = new LongAdder();
    StreamsBuilder b = new StreamsBuilder();
    Deserializer<Event> events = (topic, bytes) -> parse(bytes);
    b.stream(in, Consumed.with(Serdes.ByteArray(), Serdes.serdeFrom((topic, e) -> null, events)))
        .peek((k, v) -> {
          if (firstAt.get() == 0) firstAt.compareAndSet(0, System.currentTimeMillis());
          read.increment();
        })
        .filter((k, v) -> v.event_type == 2)
        .mapValues(v -> v.bid)
        .peek((k, v) -> written.increment())
        .to(out, Produced.with(Serdes.ByteArray(), Serdes.serdeFrom((topic, bid) -> print(bid), (topic, bytes) -> null)));

    KafkaStreams streams = new KafkaStreams(b.build(p), p);
    streams.setUncaughtExceptionHandler(e -> {
      e.printStackTrace();
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    });
    streams.start();
    if (isBounded) {
      long events0 = Long.parseLong(a[5]);
      while (read.sum() < events0) {
        if (streams.state() == KafkaStreams.State.ERROR) System.exit(1);
        Thread.sleep(5);
      }
    } else {
      while (streams.state() != KafkaStreams.State.RUNNING) Thread.sleep(20);
      System.out.println("READY");
      while (System.in.read() >= 0) { }
    }
    long readAt = System.currentTimeMillis();
    // Closing commits what is still under way.
    streams.close(Duration.ofSeconds(60));
    System.out.printf(
        "RESULT {\"events\":%d,\"rows\":%d,\"wallMs\":%d,\"wallToReadMs\":%d}%n",
        read.sum(), written.sum(), System.currentTimeMillis() - firstAt.get(), readAt - firstAt.get());
    System.exit(0);
  }

  private static Event parse(byte[] bytes) {
    try {
      return JSON.readValue(bytes, Event.class);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static byte[] print(Bid bid) {
    try {
      return JSON.writeValueAsBytes(bid);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
