namespace OrderIssues.Infrastructure.MongoDb.Events;

/// <summary>Tells within this process what others would only find by looking.</summary>
internal sealed class PublisherSignal
{
    /// <summary>Given after changes of issues.</summary>
    public Signal Changed { get; } = new();

    /// <summary>Given after events were appended.</summary>
    public Signal Published { get; } = new();

    /// <summary>Event that can be waited for again and again.</summary>
    internal sealed class Signal
    {
        private TaskCompletionSource next = NewSource();

        /// <summary>Ends when the signal is given next.</summary>
        public Task Next => Volatile.Read(ref next).Task;

        public void Give() => Interlocked.Exchange(ref next, NewSource()).SetResult();

        private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
