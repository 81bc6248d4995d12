namespace OrderIssues.TestCommon;

/// <summary>Stores that keep issues.</summary>
public enum StoreKind
{
    Sqlite,
    MongoDb,
}
