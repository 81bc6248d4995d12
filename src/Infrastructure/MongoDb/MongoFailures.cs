using MongoDB.Driver;

namespace OrderIssues.Infrastructure.MongoDb;

/// <summary>Tells server and network faults from program faults.</summary>
internal static class MongoFailures
{
    private const int Unauthorized = 13;

    /// <exception cref="FailureException">The server can't be reached, refused, or took too long.</exception>
    public static async Task<T> OrUnavailableAsync<T>(this Task<T> operation)
    {
        try
        {
            return await operation;
        }
        catch (MongoExecutionTimeoutException exception)
        {
            throw FailureException.QueryTimeout(exception);
        }
        catch (Exception exception) when (IsUnavailable(exception))
        {
            throw FailureException.StoreUnavailable(exception);
        }
    }

    public static bool IsUnavailable(Exception exception) => exception switch
    {
        TimeoutException or IOException => true,
        MongoCommandException command => command.Code == Unauthorized || IsTransient(command),
        MongoWriteException { WriteError: null or { Category: ServerErrorCategory.ExecutionTimeout } } => true,
        MongoWriteConcernException or MongoConnectionException or MongoConnectionPoolPausedException or MongoWaitQueueFullException => true,
        MongoExecutionTimeoutException or MongoNotPrimaryException => true,
        MongoNodeIsRecoveringException or MongoIncompatibleDriverException => true,
        MongoException other => IsTransient(other),
        _ => false,
    };

    private static bool IsTransient(MongoException exception) =>
        exception.HasErrorLabel("RetryableWriteError") || exception.HasErrorLabel("TransientTransactionError");
}
