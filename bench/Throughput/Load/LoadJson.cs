using System.Text.Json.Serialization;

namespace Warren.Bench.Throughput.Load;

/// <summary>The lines that programs inside nodes print.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(UdpSent))]
[JsonSerializable(typeof(UdpReceived))]
[JsonSerializable(typeof(HandshakeRate))]
internal sealed partial class LoadJson : JsonSerializerContext;
