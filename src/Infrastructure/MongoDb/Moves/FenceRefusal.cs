using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb.Moves;

/// <summary>Tells writes that a fence refused from those that a validator of the operator's own refused.</summary>
/// <remarks>
/// The server tells which part of a validator a document doesn't meet
/// (https://www.mongodb.com/docs/manual/core/schema-validation/handle-invalid-documents/).
/// </remarks>
internal static class FenceRefusal
{
    public static bool IsIn(Exception exception)
    {
        IEnumerable<BsonValue?> details = exception switch
        {
            MongoCommandException command => [command.Result?.GetValue("errInfo", null)],
            MongoWriteException { WriteError: { } error } => [error.Details],
            MongoBulkWriteException bulk => bulk.WriteErrors.Select(error => error.Details),
            _ => [],
        };
        return details.Any(detail => detail?.ToString()?.Contains(FieldNames.Fence, StringComparison.Ordinal) == true);
    }
}
