// More than there are processors, since many tests wait: for a time limit, a disk or another process.
[assembly: LevelOfParallelism(4)]
[assembly: Parallelizable(ParallelScope.All)]
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
