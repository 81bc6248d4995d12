namespace OrderIssues.Infrastructure.MongoDb.Events;

/// <summary>Tells within this process what others would only find by looking.</summary>
internal sealed class PublisherSignal
{
    /// <summary>Given after changes of issues.</summary>
    public Signal Changed { get; } = new();

    /// <summary>Given after events were appended.</summary>
    public Signal Published { get; } = new();
}
