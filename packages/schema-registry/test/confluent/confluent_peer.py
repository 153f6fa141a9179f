"""Confluent's own serializers: writes and reads values framed by the ids of their schemas.

Arguments: the registry's address, and a file with a JSON array of requests:
  {"op": "write" | "read", "format": "avro" | "json" | "protobuf", "topic": …, "schema": …, "values": […]}
Values to write are JSON with {"$bytes": hex}, {"$decimal": text}, {"$ms": epoch ms}; values to read are hex. Prints a JSON array with
one array of answers for each request: hex of what was written, or values in the same notation.
"""
import datetime
import decimal
import json
import sys

from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.schema_registry.json_schema import JSONDeserializer, JSONSerializer
from confluent_kafka.schema_registry.protobuf import ProtobufDeserializer, ProtobufSerializer
from confluent_kafka.serialization import MessageField, SerializationContext
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def from_json(value):
    if isinstance(value, list):
        return [from_json(v) for v in value]
    if not isinstance(value, dict):
        return value
    if "$bytes" in value:
        return bytes.fromhex(value["$bytes"])
    if "$decimal" in value:
        return decimal.Decimal(value["$decimal"])
    if "$ms" in value:
        return EPOCH + datetime.timedelta(milliseconds=value["$ms"])
    return {k: from_json(v) for k, v in value.items()}


def to_json(value):
    if isinstance(value, bytes):
        return {"$bytes": value.hex()}
    if isinstance(value, decimal.Decimal):
        return {"$decimal": str(value)}
    if isinstance(value, datetime.datetime):
        return {"$ms": (value - EPOCH) // datetime.timedelta(milliseconds=1)}
    if isinstance(value, list):
        return [to_json(v) for v in value]
    if isinstance(value, dict):
        return {k: to_json(v) for k, v in value.items()}
    return value


def message_class(files, name):
    """The class of a message of descriptors in JSON, the last of which holds it."""
    pool = descriptor_pool.DescriptorPool()
    for file in files:
        pool.Add(json_format.ParseDict(file, descriptor_pb2.FileDescriptorProto()))
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(name))


def answers(registry, request):
    context = SerializationContext(request["topic"], MessageField.VALUE)
    kind, schema, values = request["format"], request.get("schema"), request["values"]
    if request["op"] == "write":
        if kind == "protobuf":
            message = message_class(request["files"], request["message"])
            serialize = ProtobufSerializer(message, registry, {"use.deprecated.format": False})
            return [serialize(json_format.ParseDict(v, message()), context).hex() for v in values]
        serialize = AvroSerializer(registry, schema) if kind == "avro" else JSONSerializer(schema, registry)
        return [serialize(from_json(v), context).hex() for v in values]
    if kind == "protobuf":
        message = message_class(request["files"], request["message"])
        # It would ask for a serialized descriptor, which not every registry makes of a text.
        deserialize = ProtobufDeserializer(message, {"use.deprecated.format": False})
        return [
            json_format.MessageToDict(deserialize(bytes.fromhex(v), context), preserving_proto_field_name=True)
            for v in values
        ]
    deserialize = (
        AvroDeserializer(registry)
        if kind == "avro"
        else JSONDeserializer(None, schema_registry_client=registry)
    )
    return [to_json(deserialize(bytes.fromhex(v), context)) for v in values]


url, file = sys.argv[1:]
with open(file, encoding="utf-8") as requests:
    client = SchemaRegistryClient({"url": url})
    print(json.dumps([answers(client, r) for r in json.load(requests)]))
