using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrderIssues.Application.Common.Records;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.WebApi.FunctionalTests.Durability;

/// <summary>The store of an instance that ends at a point: from there on nothing of what it does has an effect.</summary>
internal sealed class MortalStore
{
    private bool isDead;

    /// <summary>Where it ends.</summary>
    public CrashPoint? EndsAt { get; set; }

    /// <summary>What happens in place of each write of an issue or a message, given that write.</summary>
    public Func<Func<Task>, Task> Write { get; set; } = write => write();

    /// <summary>As a new process.</summary>
    public void Restart(CrashPoint? endsAt) => (isDead, EndsAt) = (false, endsAt);

    /// <summary>Puts this between a service and its store.</summary>
    public void Configure(IServiceCollection services)
    {
        Wrap<IOrderIssueStore>(services, store => new Issues(this, store));
        Wrap<IRecordStore>(services, records => new Records(this, records));
    }

    private static void Wrap<T>(IServiceCollection services, Func<T, T> wrap)
        where T : class
    {
        var type = services.Single(service => service.ServiceType == typeof(T)).ImplementationType!;
        services.Replace(ServiceDescriptor.Singleton(provider => wrap((T)ActivatorUtilities.CreateInstance(provider, type))));
    }

    private void Pass(CrashPoint? point = null)
    {
        isDead = isDead || (point is not null && point == EndsAt);
        if (isDead)
        {
            throw new InvalidOperationException("This process has ended.");
        }
    }

    private async Task<T> WriteAsync<T>(Func<Task<T>> write)
    {
        Pass(CrashPoint.BeforeWrite);
        T result = default!;
        await Write(async () => result = await write());
        Pass(CrashPoint.AfterWrite);
        return result;
    }

    private sealed class Issues(MortalStore store, IOrderIssueStore inner) : IOrderIssueStore
    {
        public Task<AddedIssue> AddAsync(OrderIssue issue, CancellationToken cancellationToken) =>
            store.WriteAsync(() => inner.AddAsync(issue, cancellationToken));

        public Task<ChangeResult> TryChangeAsync(IssueChange change, CancellationToken cancellationToken) =>
            store.WriteAsync(() => inner.TryChangeAsync(change, cancellationToken));

        public Task<ChangeResult> AddMessageAsync(NewMessage message, CancellationToken cancellationToken) =>
            store.WriteAsync(() => inner.AddMessageAsync(message, cancellationToken));

        public Task<OrderIssue?> FindAsync(string issueId, CancellationToken cancellationToken) => inner.FindAsync(issueId, cancellationToken);

        public Task<OrderIssue?> FindAsync(EntityId id, CancellationToken cancellationToken) => inner.FindAsync(id, cancellationToken);

        public Task<OrderIssue?> FindWithChangeAsync(string orderId, EntityId changeId, CancellationToken cancellationToken) =>
            inner.FindWithChangeAsync(orderId, changeId, cancellationToken);

        public Task<OrderIssue?> FindByOrderAsync(string orderId, string? issueId, CancellationToken cancellationToken) =>
            inner.FindByOrderAsync(orderId, issueId, cancellationToken);

        public Task<OrderIssue?> FindHeadAsync(string issueId, CancellationToken cancellationToken) => inner.FindHeadAsync(issueId, cancellationToken);

        public Task<OrderIssue?> FindHeadByOrderAsync(string orderId, string? issueId, CancellationToken cancellationToken) =>
            inner.FindHeadByOrderAsync(orderId, issueId, cancellationToken);

        public Task<OrderIssue?> FindByTicketAsync(string system, string ticketId, CancellationToken cancellationToken) =>
            inner.FindByTicketAsync(system, ticketId, cancellationToken);
    }

    private sealed class Records(MortalStore store, IRecordStore inner) : IRecordStore
    {
        public Task<StoredRecord?> FindAsync(string kind, string key) => inner.FindAsync(kind, key);

        public async Task<PutResult> PutIfAbsentAsync(StoredRecord record)
        {
            var result = await inner.PutIfAbsentAsync(record);
            if (result.IsNew && IsOfRequest(record.Kind))
            {
                store.Pass(CrashPoint.AfterRecord);
            }

            return result;
        }

        public async Task<StoredRecord?> PutIfVersionAsync(StoredRecord record)
        {
            if (!IsOfRequest(record.Kind))
            {
                return await inner.PutIfVersionAsync(record);
            }

            var completes = record.Attachment is not null;
            store.Pass(completes ? CrashPoint.BeforeCompletion : null);
            var replaced = await inner.PutIfVersionAsync(record);
            store.Pass(completes ? CrashPoint.AfterCompletion : CrashPoint.AfterRecord);
            return replaced;
        }

        public Task RemoveAsync(string kind, string key, string version)
        {
            if (IsOfRequest(kind))
            {
                store.Pass();
            }

            return inner.RemoveAsync(kind, key, version);
        }

        public Task<IReadOnlyList<StoredRecord>> ListDueAsync(string kind, DateTimeOffset until, int limit) =>
            inner.ListDueAsync(kind, until, limit);

        public Task<IReadOnlyList<StoredRecord>> ListAsync(string kind, string? after, int limit) => inner.ListAsync(kind, after, limit);

        /// <summary>Whether it isn't what the service writes in the background.</summary>
        private static bool IsOfRequest(string kind) => kind is not (RecordKinds.Leases or RecordKinds.EventLog);
    }
}
