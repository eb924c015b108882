import { parentPort, workerData } from 'node:worker_threads';
import { HistoryParquet } from '../../protocol/history-parquet';
import type { ParquetRequest, ParquetWorkerData } from './parquet-messages';

// The thread that a Parquet file is made in: a group of rows, and the file's foot, take longer than a picture.

const { columns, program } = workerData as ParquetWorkerData;
const file = new HistoryParquet(columns, program);

parentPort?.on('message', (request: ParquetRequest) => {
  const bytes = request === 'end' ? file.end() : file.group(request);
  parentPort?.postMessage(bytes);
});
