import java.util.Arrays;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Fills a topic with Nexmark events: 100 microseconds of event time each, in order, whole epochs of 50 events to one partition in turn,
 * the record's time that of the event. Arguments: bootstrap topic events partitions.
 */
public final class NexmarkLoad {
  public static void main(String[] a) throws Exception {
    String topic = a[1];
    long events = Long.parseLong(a[2]);
    int partitions = Integer.parseInt(a[3]);
    Properties p = new Properties();
    p.put("bootstrap.servers", a[0]);
    p.put("acks", "1");
    p.put("enable.idempotence", "false");
    p.put("linger.ms", "20");
    p.put("batch.size", "524288");
    p.put("buffer.memory", "134217728");
    p.put("max.request.size", "4194304");
    NexmarkEvents g = new NexmarkEvents(1, NexmarkEvents.BASE_MS, 100, 0);
    try (var k = new KafkaProducer<>(p, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (long e = 0; e < events; e++) {
        int n = g.next(e);
        k.send(new ProducerRecord<>(topic, (int) (e / 50 % partitions), g.ts, null, Arrays.copyOf(g.buf, n)));
      }
    }
    System.out.println("RESULT {\"events\":" + events + "}");
  }
}
