using BenchmarkDotNet.Running;

// dotnet run -c Release --project tests/Influence.Benchmarks -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
