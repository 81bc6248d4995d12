namespace OrderIssues.Application.Moves;

/// <summary>Part of a move.</summary>
public enum MoveStep
{
    /// <summary>Copies issues while services run.</summary>
    Copy,

    /// <summary>Copies events, and the issues that they tell of.</summary>
    Follow,

    /// <summary>Compares every issue.</summary>
    Compare,

    /// <summary>Copies records, behind the fence.</summary>
    Records,
}

/// <summary>Progress of a step: issues, records, or sequences of events.</summary>
public readonly record struct MoveProgress(MoveStep Step, long Done, long Total);

/// <summary>Outcome of a move.</summary>
/// <param name="From">Name of the store that it was in.</param>
/// <param name="To">Name of the store that it is in now.</param>
/// <param name="Issues">Issues.</param>
/// <param name="LastEvent">Sequence of the last event; 0 for none.</param>
/// <param name="Records">Records beside the issues.</param>
/// <param name="SecondsFenced">Seconds for which no writes were taken until the other store could take them.</param>
public sealed record MoveReport(string From, string To, long Issues, long LastEvent, long Records, double SecondsFenced);
