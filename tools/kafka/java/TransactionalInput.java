// Writes self-describing records in transactions of several producers, interleaved, some of them aborted, some of them large.
//
// Arguments, each name=value: bootstrap, topic, records (about how many in all), compressions (one producer for each), abortedPercent,
// largeEvery (of a producer's transactions every n-th has more than 5 MiB; 0: none), seed.
// A record's value: {"producer":"p0","transaction":3,"outcome":"aborted","partition":1,"sequence":17,"padding":"..."}. The sequence counts
// a producer's records of that outcome in that partition from 0, without gap: a reader sees who is missing, doubled, or should not be there.
// Prints one line of JSON at the end: what it wrote.

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

public final class TransactionalInput {
  private static final int LARGE_RECORDS = 90;
  private static final int LARGE_PADDING = 64 * 1024;
  private static final int MAX_RECORDS = 120;
  private static final int MAX_STEP = 25;

  private static long committed = 0;
  private static long aborted = 0;
  private static int committedTransactions = 0;
  private static int abortedTransactions = 0;
  private static int largeTransactions = 0;

  public static void main(String[] args) {
    Map<String, String> options = new HashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      options.put(arg.substring(0, equals), arg.substring(equals + 1));
    }
    Random random = new Random(Long.parseLong(options.get("seed")));
    long records = Long.parseLong(options.get("records"));
    List<Writer> writers = new ArrayList<>();
    for (String compression : options.get("compressions").split(",")) {
      writers.add(new Writer("p" + writers.size(), compression, options, random));
    }
    while (committed + aborted < records) {
      writers.get(random.nextInt(writers.size())).step();
    }
    for (Writer writer : writers) {
      writer.finish();
    }
    System.out.printf(
        "{\"committed\":%d,\"aborted\":%d,\"committedTransactions\":%d,\"abortedTransactions\":%d,\"largeTransactions\":%d}%n",
        committed, aborted, committedTransactions, abortedTransactions, largeTransactions);
  }

  /** One producer, with at most one open transaction. */
  private static final class Writer {
    private final String name;
    private final String topic;
    private final int abortedPercent;
    private final int largeEvery;
    private final Random random;
    private final Map<String, Object> config = new HashMap<>();
    private final KafkaProducer<byte[], byte[]> producer;
    private final int partitions;
    private final long[] committedSequences;
    private final long[] abortedSequences;
    private int transaction = 0;
    private int left = 0;
    private boolean isAborted = false;
    private boolean isLarge = false;

    Writer(String name, String compression, Map<String, String> options, Random random) {
      this.name = name;
      this.random = random;
      topic = options.get("topic");
      abortedPercent = Integer.parseInt(options.get("abortedPercent"));
      largeEvery = Integer.parseInt(options.get("largeEvery"));
      config.put("bootstrap.servers", options.get("bootstrap"));
      config.put("transactional.id", topic + "-" + name);
      config.put("compression.type", compression);
      config.put("linger.ms", 0);
      producer = connect();
      producer.initTransactions();
      partitions = producer.partitionsFor(topic).size();
      committedSequences = new long[partitions];
      abortedSequences = new long[partitions];
    }

    /** Writes a part of a transaction and waits until it is in the log, so that others' batches come between. */
    void step() {
      if (left == 0) begin();
      for (int part = Math.min(left, 1 + random.nextInt(MAX_STEP)); part > 0; part--) send();
      producer.flush();
      if (left == 0) end();
    }

    /** Waits, too, until the end of the last transaction is written in all partitions: only then the id may begin anew. */
    void finish() {
      while (left > 0) step();
      producer.close();
      try (KafkaProducer<byte[], byte[]> next = connect()) {
        next.initTransactions();
      }
    }

    private KafkaProducer<byte[], byte[]> connect() {
      return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void begin() {
      transaction++;
      isAborted = random.nextInt(100) < abortedPercent;
      isLarge = largeEvery > 0 && transaction % largeEvery == 0;
      left = isLarge ? LARGE_RECORDS : 1 + random.nextInt(MAX_RECORDS);
      producer.beginTransaction();
    }

    private void send() {
      int partition = random.nextInt(partitions);
      long sequence = (isAborted ? abortedSequences : committedSequences)[partition]++;
      String value =
          String.format(
              "{\"producer\":\"%s\",\"transaction\":%d,\"outcome\":\"%s\",\"partition\":%d,\"sequence\":%d,\"padding\":\"%s\"}",
              name, transaction, isAborted ? "aborted" : "committed", partition, sequence, padding());
      byte[] key = (name + "-" + transaction).getBytes(StandardCharsets.UTF_8);
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(topic, partition, key, bytes));
      left--;
      if (isAborted) aborted++;
      else committed++;
    }

    private void end() {
      if (isLarge) largeTransactions++;
      if (isAborted) {
        producer.abortTransaction();
        abortedTransactions++;
      } else {
        producer.commitTransaction();
        committedTransactions++;
      }
    }

    /** Letters that hardly compress. */
    private String padding() {
      int length = isLarge ? LARGE_PADDING : random.nextInt(200);
      byte[] letters = new byte[length];
      for (int i = 0; i < length; i++) letters[i] = (byte) ('A' + random.nextInt(58) % 58);
      return new String(letters, StandardCharsets.ISO_8859_1).replace('\\', '/');
    }
  }
}
