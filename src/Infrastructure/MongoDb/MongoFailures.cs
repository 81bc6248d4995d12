using MongoDB.Driver;
using OrderIssues.Infrastructure.MongoDb.Moves;

namespace OrderIssues.Infrastructure.MongoDb;

/// <summary>Tells server and network faults from program faults.</summary>
internal static class MongoFailures
{
    private const int DocumentValidationFailure = 121;
    private const int DuplicateKey = 11000;
    private const int OutOfDiskSpace = 14031;

    /// <summary>Error labels of failures that pass.</summary>
    private static readonly string[] PassingLabels =
        ["RetryableWriteError", "TransientTransactionError", "RetryableError", "SystemOverloadedError"];

    /// <exception cref="FailureException">The server can't be reached, refused, or took too long.</exception>
    public static async Task<T> OrUnavailableAsync<T>(this Task<T> operation)
    {
        try
        {
            return await operation;
        }
        catch (Exception exception) when (AsFailure(exception) is { } failure)
        {
            throw failure;
        }
    }

    public static bool IsUnavailable(Exception exception) =>
        AsFailure(exception)?.Code is FailureCode.StoreUnavailable or FailureCode.QueryTimeout;

    /// <summary>Failure that callers see; null for a program's fault.</summary>
    private static FailureException? AsFailure(Exception exception)
    {
        var codes = CodesOf(exception);
        return exception is MongoExecutionTimeoutException ? FailureException.QueryTimeout(exception)
            : codes.Contains(OutOfDiskSpace) ? FailureException.StoreFull(exception)
            : IsPassing(exception) || codes.Any(code => Enum.IsDefined((PassingError)code)) ? FailureException.StoreUnavailable(exception)
            : codes.Contains(DocumentValidationFailure) ? FenceRefusal.IsIn(exception) ? FailureException.StoreFenced()
                : Refused("The database has rules of its own for what is stored, which this breaks.", exception)
            : exception is MongoCommandException { Code: DuplicateKey }
                ? Refused("Another issue has the same value in a field that an index of the database keeps unique.", exception)
            : null;
    }

    private static bool IsPassing(Exception exception) => exception switch
    {
        TimeoutException or IOException => true,
        MongoConnectionException or MongoConnectionPoolPausedException or MongoWaitQueueFullException => true,
        MongoIncompatibleDriverException or MongoCursorNotFoundException => true,
        MongoNotPrimaryException or MongoNodeIsRecoveringException => true,

        // What was written may be rolled back, whatever the code.
        MongoWriteConcernException or MongoWriteException { WriteConcernError: not null } => true,
        MongoBulkWriteException { WriteConcernError: not null } => true,
        MongoException other => Array.Exists(PassingLabels, other.HasErrorLabel),
        _ => false,
    };

    private static IReadOnlyList<int> CodesOf(Exception exception) => exception switch
    {
        MongoWriteConcernException concern => [ConcernCodeOf(concern)],
        MongoCommandException command => [command.Code],
        MongoWriteException { WriteError: { } error } => [error.Code],
        MongoWriteException { WriteConcernError: { } error } => [error.Code],
        MongoBulkWriteException bulk => [.. bulk.WriteErrors.Select(error => error.Code), bulk.WriteConcernError?.Code ?? 0],
        _ => [],
    };

    private static int ConcernCodeOf(MongoWriteConcernException exception) =>
        exception.WriteConcernResult.Response.GetValue("writeConcernError", null)?.AsBsonDocument.GetValue("code", 0).ToInt32() ?? 0;

    private static FailureException Refused(string detail, Exception exception) => new(FailureCode.ValidationFailed, detail, exception);
}

/// <summary>Errors of a server that pass, or that its operator ends.</summary>
// By categories of mongod's list, but for the last two: src/mongo/base/error_codes.yml of https://github.com/mongodb/mongo
internal enum PassingError
{
    // NetworkError
    HostUnreachable = 6,
    HostNotFound = 7,
    NetworkTimeout = 89,
    SocketException = 9001,

    // NotPrimaryError and ShutdownError
    ShutdownInProgress = 91,
    PrimarySteppedDown = 189,
    LegacyNotPrimary = 10058,
    NotWritablePrimary = 10107,
    InterruptedAtShutdown = 11600,
    InterruptedDueToReplStateChange = 11602,
    NotPrimaryNoSecondaryOk = 13435,
    NotPrimaryOrSecondary = 13436,

    // WriteConcernError
    WriteConcernTimeout = 64,
    UnknownReplWriteConcern = 79,
    UnsatisfiableWriteConcern = 100,

    // Interruption and ExceededTimeLimitError. 50, MaxTimeMSExpired, is the time limit of a query.
    LockTimeout = 24,
    MaxTimeMSExpired = 50,
    NetworkInterfaceExceededTimeLimit = 202,
    ExceededTimeLimit = 262,
    ClientDisconnect = 279,
    InterruptedDueToStorageChange = 355,
    PooledConnectionAcquisitionExceededTimeLimit = 407,
    Interrupted = 11601,
    ClientMarkedKilled = 46841,
    RetriableRemoteCommandFailure = 91331,
    InterruptedDueToFCVChange = 10045600,

    // CursorInvalidatedError
    CursorNotFound = 43,
    QueryPlanKilled = 175,
    CursorKilled = 237,

    // SystemOverloadedError
    AdmissionQueueOverflow = 433,
    RateLimitExceeded = 449,
    PooledConnectionAcquisitionRejected = 450,
    IngressRequestRateLimitExceeded = 462,

    // RetriableError, and others that another try may not meet
    LockBusy = 46,
    LockFailed = 107,
    WriteConflict = 112,
    FailedToSatisfyReadPreference = 133,
    ReadConcernMajorityNotAvailableYet = 134,
    DatabaseDropPending = 215,
    ElectionInProgress = 216,
    SnapshotTooOld = 239,
    SnapshotUnavailable = 246,
    TooManyFilesOpen = 264,
    IndexBuildAborted = 276,
    TemporarilyUnavailable = 365,
    ResourceExhausted = 402,

    // Credentials and rights, and writes that an operator blocked
    Unauthorized = 13,
    AuthenticationFailed = 18,
    UserWritesBlocked = 371,
    ReauthenticationRequired = 391,

    // Atlas and Azure Cosmos DB
    AtlasError = 8000,
    TooManyRequests = 16500,
}
