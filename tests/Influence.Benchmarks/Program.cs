using BenchmarkDotNet.Running;

// dotnet run -c Release --project tests/Influence.Benchmarks -- --filter '*'
// dotnet run -c Release --project tests/Influence.Benchmarks -- scale
if (args is ["scale", ..])
    return await ScaleCommand.RunAsync([.. args.Skip(1)]);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
