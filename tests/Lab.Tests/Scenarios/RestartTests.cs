using System;

namespace Warren.Lab.Tests.Scenarios;

[Trait("Category", "Root")]
public sealed class RestartTests
{
    [Theory]
    [ClassData(typeof(Mixes))]
    public void The_side_that_knows_the_other_is_killed_and_comes_back(Kit left, Kit right)
    {
        using var pair = new Pair(left, right).Up();
        Pair.Crash(pair.Left);
        pair.Left.Run("wg-quick", "down", "wg0");
        pair.Left.Up();
        pair.Left.WaitReach("10.9.0.2", Pair.Soon);
        PingAssert.Answered(pair.Right.Ping("10.9.0.1"));
    }

    [Theory]
    [ClassData(typeof(Mixes))]
    public void The_side_that_knows_nobody_is_killed_and_comes_back(Kit left, Kit right)
    {
        using var pair = new Pair(left, right).Up();
        Pair.Crash(pair.Right);
        pair.Right.Run("wg-quick", "down", "wg0");
        pair.Right.Up();

        // §6.5: the left side tries a new handshake after 15 s (and up to 334 ms) without an answer.
        pair.Left.WaitReach("10.9.0.2", TimeSpan.FromSeconds(22));
        PingAssert.Answered(pair.Right.Ping("10.9.0.1"));
    }

    [Theory]
    [ClassData(typeof(Mixes))]
    public void A_restart_answers_to_the_same_peers_with_a_new_session_each_time(Kit left, Kit right)
    {
        using var pair = new Pair(left, right).Up();
        for (var time = 0; time < 3; time++)
        {
            pair.Left.Down();
            pair.Left.Up();
            pair.Left.WaitReach("10.9.0.2", Pair.Soon);
        }

        PingAssert.Answered(pair.Right.Ping("fd09::1"));
    }
}
