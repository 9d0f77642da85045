namespace Warren.Bench.Throughput;

/// <summary>What one round of one engine gave.</summary>
/// <param name="Megabits">Payload of one TCP stream, Mbit/s.</param>
/// <param name="ProcessorSecondsPerGigabyte">User and system time of both engines per 10⁹ bytes of payload.</param>
/// <param name="PingMicroseconds">Median round trip of an idle tunnel.</param>
/// <param name="IdleMebibytes">Resident memory of the larger engine before the stream.</param>
/// <param name="LoadedMebibytes">The same after the stream.</param>
internal sealed record Sample(double Megabits, double ProcessorSecondsPerGigabyte, double PingMicroseconds, double IdleMebibytes, double LoadedMebibytes);
